import type { Fault } from '../fault.ts';

/** What the probe prints where policy takes .NET away from PowerShell. */
export const CONSTRAINED_LANGUAGE: Fault = {
  summary: 'PowerShell runs in constrained language mode',
  script: String.raw`as_limited() {
  printf '{"PNPDeviceID":"%s","ConfigManagerErrorCode":%d,"Service":"%s"}' "$(doubled "$(instance)")" "$code" "$service"
}
before_answer() {
  printf '@@IGPU1 CLM\r\n%s\r\n%s\r\n@@END\r\n' "$nonce" "$(each_display as_limited)"
  exit 3
}
`,
};
