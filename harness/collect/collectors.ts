import type { Collector } from './collector.ts';
import { agent } from './collectors/agent.ts';
import { devices } from './collectors/devices.ts';
import { interrupts } from './collectors/interrupts.ts';
import { iomem } from './collectors/iomem.ts';
import { iommuGroups } from './collectors/iommu-groups.ts';
import { iommuUnits } from './collectors/iommu-units.ts';
import { kernelCommandLine } from './collectors/kernel-command-line.ts';
import { kernelLog, kernelLogBefore } from './collectors/kernel-log.ts';
import { lspci, lspciIgpu } from './collectors/lspci.ts';
import { machine } from './collectors/machine.ts';
import { moduleOptions } from './collectors/module-options.ts';
import { probe } from './collectors/probe.ts';
import { qemuCommandLine } from './collectors/qemu-command-line.ts';
import { rom } from './collectors/rom.ts';
import { startTask } from './collectors/start-task.ts';
import { pveVersions, qemuVersion } from './collectors/versions.ts';
import { vfio } from './collectors/vfio.ts';
import { vmConfig } from './collectors/vm-config.ts';

/** Everything that is gathered, in this order. */
export const COLLECTORS: readonly Collector[] = [
  machine,
  devices,
  vmConfig,
  qemuCommandLine,
  startTask,
  kernelLog,
  kernelLogBefore,
  kernelCommandLine,
  moduleOptions,
  lspci,
  lspciIgpu,
  iommuGroups,
  iommuUnits,
  interrupts,
  iomem,
  vfio,
  pveVersions,
  qemuVersion,
  rom,
  agent,
  probe,
];
