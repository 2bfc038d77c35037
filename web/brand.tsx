/** Two circles that share ground: an entente. */
export function Brand({ size = 20 }: { size?: number }) {
  return (
    <svg class="brand" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="8.75" cy="12" r="7" fill="none" stroke="currentColor" stroke-width="2.5" />
      <circle cx="15.25" cy="12" r="7" fill="none" stroke="currentColor" stroke-width="2.5" />
      <path d="M12 5.8a7 7 0 0 1 0 12.4 7 7 0 0 1 0-12.4Z" fill="currentColor" />
    </svg>
  )
}
