const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
const COUNT = new Intl.NumberFormat()

/** Dates and numbers as the browser's locale writes them. */
export const formatDay = (iso: string) => DAY.format(new Date(iso))
export const formatMoment = (iso: string) => MOMENT.format(new Date(iso))
export const formatCount = (count: number) => COUNT.format(count)
