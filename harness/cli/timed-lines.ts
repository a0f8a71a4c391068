/** Writes lines with the seconds since now in front. */
export function timedLines(stream: NodeJS.WriteStream): (line: string) => void {
  const began = performance.now();
  return (line) => {
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    stream.write(`${seconds.padStart(4)} s  ${line}\n`);
  };
}
