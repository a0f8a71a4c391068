import type { Rule } from '../rule.ts';
import { sriovDisplay } from './sriov-display.ts';
import { sriovDriver } from './sriov-driver.ts';
import { sriovHolder } from './sriov-holder.ts';
import { sriovSupport } from './sriov-support.ts';

const RULES = [sriovDisplay, sriovSupport, sriovHolder, sriovDriver] as const;

/** Everything about virtual functions: what they cannot do, whether there are any, and who makes them. */
export const sriov: Rule = {
  id: 'sriov',
  findings: [...new Set(RULES.flatMap(({ findings }) => findings))],
  conclude: (of) => RULES.flatMap((rule) => rule.conclude(of)),
};
