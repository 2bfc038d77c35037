import './bar.css'

/** A share of a whole, drawn. Decoration: the number stands beside it. */
export function Bar({ share }: { share: number }) {
  return <span class="bar" style={{ '--share': `${Math.round(share * 100)}%` }} aria-hidden="true" />
}
