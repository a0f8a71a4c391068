// What Windows' tools print of a device reads the same in every language: instance ids, problem names, column heads.
const INSTANCE = /\b(?:PCI|HDAUDIO|DISPLAY|ROOT|SWD|ACPI|USB|INTELAUDIO)\\[\w&]{3,}/;
const PROBLEM = /\bCM_PROB_[A-Z_]{3,40}|\bConfigManagerErrorCode\b|\b\d{1,2} \(0x[0-9A-Fa-f]{1,8}\)/;
const LABELLED = /^\s{0,8}[^\s:：][^:：]{0,44}[:：](?:\s{2,}|\s*$)|^\s{0,8}\S[^:]{0,44}\s{1,40}: /;
const COLUMNS =
  /^\s{0,4}(?:Status|ConfigManagerErrorCode|PNPDeviceID|InstanceId|Name)\s{2,}\S.*(?:Class|Name|Id|ID|Status|Code)|^\s{0,4}-{3,}\s+-{3,}/;
const ROW = /^\s{0,4}(?:OK|Error|Degraded|Unknown)\s{2,}\S.{0,200}\\/;
const TITLE = /^Microsoft PnP/;

/** Which lines of a block (no blank line inside) are Windows' status of devices. */
export function deviceLines(block: readonly string[]): readonly boolean[] {
  const shown = block.map((text) => TITLE.test(text) || COLUMNS.test(text) || ROW.test(text));
  const labelled = block.map((text) => LABELLED.test(text));
  const instance = block.some((text) => INSTANCE.test(text) || PROBLEM.test(text));
  const listed = instance && labelled.filter(Boolean).length >= 2;
  const table = shown.some(Boolean) && instance;
  return block.map(
    (text, at) =>
      (shown[at] ?? false) ||
      ((listed || table) && (labelled[at] === true || INSTANCE.test(text) || /\bCM_PROB_/.test(text))) ||
      (listed && /^\s{8,}\S/.test(text)),
  );
}
