import type { TaskCall } from '../manager/way.ts';
import type { ApiRequest } from './exchange.ts';

type Address = (object: string) => Required<ApiRequest>;

const post = (...path: readonly string[]): Required<ApiRequest> => ({ method: 'POST', path, params: {} });
const remove = (...path: readonly string[]): Required<ApiRequest> => ({ method: 'DELETE', path, params: {} });

/** Where each verb of `qm` stands in the API, below the VM. Seen in m64, m81, m84, m85, m87, m89, m8b, m8d and m91. */
const ADDRESSES: Readonly<Record<TaskCall['verb'], Address>> = {
  clone: (newid) => ({ ...post('clone'), params: { newid } }),
  destroy: () => remove(),
  snapshot: (snapname) => ({ ...post('snapshot'), params: { snapname } }),
  rollback: (name) => post('snapshot', name, 'rollback'),
  delsnapshot: (name) => remove('snapshot', name),
  start: () => post('status', 'start'),
  stop: () => post('status', 'stop'),
  shutdown: () => post('status', 'shutdown'),
  reset: () => post('status', 'reset'),
};

/** @returns the request for a task; its path stands below the node */
export function taskRequest({ verb, vmid, object = '', options = {} }: TaskCall): Required<ApiRequest> {
  const { method, path, params } = ADDRESSES[verb](object);
  return { method, path: ['qemu', vmid, ...path], params: { ...params, ...options } };
}
