import { Phrases } from '../phrases.ts';

const HARDWARE = new Phrases({
  hardware:
    'dell|asus|msi|beelink|minisforum|hp|lenovo|gigabyte|asrock|nuc|laptop|mini pc|minipc|supermicro|topton|cwwk|aoostar|gmktec|acer|optiplex|thinkcentre|elitedesk|prodesk|poweredge|motherboard|mainboard|ssd|nvme|hdd|ddr4|ddr5|ram|beelink eq12|chuwi|odroid|zimaboard|zimablade|qnap|synology|ugreen|hp z240|esprimo|fujitsu|biostar|intel nuc|geekom|trigkey|acemagic|protectli|intel-media-va-driver|intel-media-va-driver-non-free|intel-opencl-icd|mesa-va-drivers|i965-va-driver|mesa|libva|ffmpeg version|no change|never changed|unchanged|same|reinstalled',
});

/** Whether a line names the machine it is on: understood, and nothing follows from it. */
export function isHardware(text: string): boolean {
  return HARDWARE.tags(text).length > 0;
}
