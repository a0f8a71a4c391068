import { parse } from 'yaml';
import * as z from 'zod';

const Permissions = z.union([z.string(), z.record(z.string(), z.string())]);
const Step = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  env: z.record(z.string(), z.unknown()).optional(),
});
const Job = z.looseObject({
  'runs-on': z.unknown(),
  if: z.string().optional(),
  uses: z.string().optional(),
  container: z.union([z.string(), z.looseObject({ image: z.string() })]).optional(),
  permissions: Permissions.optional(),
  'timeout-minutes': z.number().optional(),
  steps: z.array(Step).default([]),
});
const WorkflowSchema = z.looseObject({
  name: z.string().optional(),
  on: z.unknown(),
  permissions: Permissions.optional(),
  concurrency: z.unknown().optional(),
  jobs: z.record(z.string(), Job),
});

export type Job = z.infer<typeof Job>;
export type Workflow = z.infer<typeof WorkflowSchema>;

/** A rule for jobs: what one does that it must not, each as a sentence. */
export type JobRule = (job: Job) => readonly string[];

/** Reads the parts of a workflow that the rules speak of, and keeps the others. */
export function readWorkflow(yaml: string): Workflow {
  return WorkflowSchema.parse(parse(yaml));
}

/** What each job does that it must not, behind the job's id. */
export function jobProblems({ jobs }: Workflow, rules: readonly JobRule[]): readonly string[] {
  return Object.entries(jobs).flatMap(([id, job]) =>
    rules.flatMap((rule) => rule(job)).map((problem) => `${id}: ${problem}`),
  );
}

/** The events that start a workflow. */
export function triggersOf({ on }: Workflow): readonly string[] {
  if (typeof on === 'string') return [on];
  if (Array.isArray(on)) return on.map(String);
  return Object.keys(on ?? {});
}

/** `condition` written without line breaks and double spaces. */
export function guardOf({ if: condition = '' }: Job): string {
  return condition.replace(/\s+/g, ' ').trim();
}

/** The problem, unless it `holds`. */
export function unless(holds: boolean, problem: string): readonly string[] {
  return holds ? [] : [problem];
}
