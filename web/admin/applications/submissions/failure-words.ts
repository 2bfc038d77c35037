const WORDS: Record<string, string> = {
  timeout: 'No answer came in time.',
  failed: 'It could not be sent.',
  unknown_purpose: 'It waits for a newer version of the service.',
  E_RECIPIENT_SUPPRESSED: 'The address has refused mail before.',
  E_RECIPIENT_NOT_ALLOWED: 'Mail to this address is not allowed.',
  E_VALIDATION_ERROR: 'The provider took the mail for malformed.',
  E_CONTENT_TOO_LARGE: 'The mail was too large.',
}

const STATUSES: Record<string, string> = {
  '403': 'Slack refused it: the webhook may have been switched off.',
  '404': 'Slack no longer knows the webhook.',
  '410': 'The channel is archived, or the webhook was removed.',
  '429': 'Slack wants fewer messages for now.',
}

/** Why a delivery failed, from the class of its error that is kept. */
export function failureInWords(error: string): string {
  const status = /(?<!\d)([1-5]\d\d)(?!\d)/.exec(error)?.[1]
  return (
    WORDS[error] ?? (status && (STATUSES[status] ?? `The answer was ${status}.`)) ?? `It failed (${error}).`
  )
}
