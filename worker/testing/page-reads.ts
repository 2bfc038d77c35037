/** Rows that one page of 50 may read among 10,000 and among 100,000 partners. */
export interface PageReads {
  small: number
  large: number
}

/** A page by name, of everybody or of one value of one filter: 1.5 x its rows + 20. */
const BY_NAME: PageReads = { small: 95, large: 95 }
/** Any other filters and orders. */
const ANY: PageReads = { small: 2_500, large: 10_000 }

/** What the directory is asked for by the benchmark and by the tests; its second page is counted, or the only one. */
export const PAGE_READS: readonly (readonly [query: string, most: PageReads])[] = [
  ['sort=name', BY_NAME],
  ['sort=-name', BY_NAME],
  ['type=channel', BY_NAME],
  ['status=active', BY_NAME],
  ['stage=dormant', BY_NAME],
  ['tier=none', BY_NAME],
  ['region=anz', BY_NAME],
  ['manager=none', BY_NAME],
  ['fit=high', BY_NAME],
  ['health=none', BY_NAME],
  ['type=channel&type=referral', ANY],
  ['status=active&status=inactive', ANY],
  ['status=inactive&stage=prospect', ANY],
  ['region=dach&stage=dormant', ANY],
  ['region=anz&tag=pilot', ANY],
  ['region=global&stage=strategic&tag=pilot', ANY],
  ['tag=strategic&tag=event', ANY],
  ['track=none&tag=strategic&tag=event', ANY],
  ['tier=none&track=none&fit=none', ANY],
  ['manager=none&region=global&stage=strategic', ANY],
  ['created=this-month', ANY],
  ['created=this-year&region=global', ANY],
  ['created=this-month&tag=pilot', ANY],
  ['sort=fit', ANY],
  ['sort=-fit', ANY],
  ['sort=health', ANY],
  ['sort=tier', ANY],
  ['sort=-tier', ANY],
  ['sort=-createdAt', ANY],
  ['sort=updatedAt', ANY],
  ['type=channel&sort=-fit', ANY],
  ['tag=pilot&sort=tier', ANY],
  ['fit=high&region=dach&sort=-createdAt', ANY],
  ['region=global&stage=strategic&sort=-createdAt', ANY],
]
