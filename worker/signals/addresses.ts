/** Blocks that IANA keeps for special purposes, or that lead to one: nothing in them is a public web server. */
const SPECIAL_V4: readonly (readonly [first: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  // Multicast, reserved, broadcast.
  ['224.0.0.0', 3],
]
/** Inside the one block from which public addresses are given out; everything outside it is not public. */
const SPECIAL_V6: readonly (readonly [first: string, bits: number])[] = [
  // Teredo, benchmarks, ORCHID and their like.
  ['2001::', 23],
  ['2001:db8::', 32],
  // 6to4 carries an IPv4 address of anybody's choice.
  ['2002::', 16],
  ['3fff::', 20],
]
const GLOBAL_V6: readonly [string, number] = ['2000::', 3]

/**
 * Whether an IP address, as a DNS answer spells it, is one of the public network. Whatever cannot be read as an address
 * is not. The forms of IPv6 that hold an IPv4 address (mapped, NAT64, 6to4) are outside the public block or excluded.
 *
 * @example isPublicAddress('::ffff:127.0.0.1') // false
 */
export function isPublicAddress(text: string): boolean {
  const v4 = readV4(text)
  if (v4 !== null) return !SPECIAL_V4.some(([first, bits]) => isWithin(v4, readV4(first) ?? 0n, bits, 32))
  const v6 = readV6(text)
  if (v6 === null) return false
  const within = ([first, bits]: readonly [string, number]) => isWithin(v6, readV6(first) ?? 0n, bits, 128)
  return within(GLOBAL_V6) && !SPECIAL_V6.some(within)
}

const isWithin = (address: bigint, first: bigint, bits: number, size: number) =>
  address >> BigInt(size - bits) === first >> BigInt(size - bits)

/** Four decimal numbers without leading zeros, which some programs read as octal. */
function readV4(text: string): bigint | null {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return null
  return parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n)
}

function readV6(text: string): bigint | null {
  const [head, tail, ...more] = text.split('::')
  if (head === undefined || more.length > 0) return null
  const [before, after] = [groupsOf(head), tail === undefined ? [] : groupsOf(tail)]
  if (!before || !after) return null
  const missing = 8 - before.length - after.length
  if (tail === undefined ? missing !== 0 : missing < 1) return null
  const groups = [...before, ...Array.from({ length: missing }, () => 0n), ...after]
  return groups.reduce((sum, group) => (sum << 16n) | group, 0n)
}

/** Sixteen bits each; the last may be an IPv4 address, which makes two. */
function groupsOf(text: string): bigint[] | null {
  if (text === '') return []
  const groups: bigint[] = []
  for (const part of text.split(':')) {
    const v4 = part.includes('.') ? readV4(part) : null
    if (v4 !== null) groups.push(v4 >> 16n, v4 & 0xffffn)
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`))
    else return null
  }
  return groups
}
