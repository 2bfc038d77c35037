import { QueryClientProvider } from '@tanstack/preact-query'
import { render } from 'preact'
import { LocationProvider } from 'preact-iso'
import { goToSignIn } from '#web/go-to-sign-in.ts'
import { mendAddress } from '#web/mend-address.ts'
import { whenSignedOut } from '#web/problem.ts'
import { createQueryClient } from '#web/query-client.ts'
import '#web/ui/tokens.css'
import '#web/ui/base.css'
import { watchLeaving } from '#web/ui/use-leave-guard.ts'
import { App } from './app.tsx'

mendAddress()
const client = createQueryClient()
watchLeaving()
whenSignedOut(() => goToSignIn('/login'))
const root = document.getElementById('app')

if (root)
  render(
    <QueryClientProvider client={client}>
      {/* The portal is another document, so its links load it. */}
      <LocationProvider scope={/^\/(?!portal\b|api\b|apply\b)/}>
        <App />
      </LocationProvider>
    </QueryClientProvider>,
    root,
  )
