import type { Check } from './check.ts';
import { agent } from './checks/agent.ts';
import { bars } from './checks/bars.ts';
import { deviceClass, primary } from './checks/device-class.ts';
import { disableVga } from './checks/disable-vga.ts';
import { driver } from './checks/driver.ts';
import { igpuGroup } from './checks/igpu-group.ts';
import { igpuPresent } from './checks/igpu-present.ts';
import { interruptRemapping } from './checks/interrupt-remapping.ts';
import { iommuGroups } from './checks/iommu-groups.ts';
import { qemuSupport } from './checks/qemu-version.ts';
import { rom } from './checks/rom.ts';
import { srIov } from './checks/sr-iov.ts';

/** Everything that is checked, in the order in which a person would. */
export const CHECKS: readonly Check[] = [
  igpuPresent,
  iommuGroups,
  igpuGroup,
  interruptRemapping,
  driver,
  bars,
  disableVga,
  deviceClass,
  primary,
  srIov,
  qemuSupport,
  rom,
  agent,
];
