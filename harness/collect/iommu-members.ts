const MEMBER = /^\/sys\/kernel\/iommu_groups\/(\d{1,6})\/devices\/([0-9a-f:]+\.[0-7])$/;

/** Which devices stand in which IOMMU group, from the paths of sysfs. Pure; other lines are passed over. */
export function membersOf(text: string): ReadonlyMap<number, readonly string[]> {
  const groups = new Map<number, string[]>();
  for (const line of text.split('\n')) {
    const [, number, address] = MEMBER.exec(line) ?? [];
    if (number === undefined || address === undefined) continue;
    groups.set(Number(number), [...(groups.get(Number(number)) ?? []), address].toSorted());
  }
  return groups;
}
