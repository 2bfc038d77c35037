/**
 * Sends a file; `onProgress` hears of the share that is sent, 0 to 1, which `fetch` does not say. Await its answer through
 * `answerOf`.
 */
export function putFile(
  path: string,
  file: Blob,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Response> {
  const request = new XMLHttpRequest()
  return new Promise<Response>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onload = () =>
      resolve(
        new Response(request.responseText, {
          status: request.status,
          headers: { 'Retry-After': request.getResponseHeader('Retry-After') ?? '' },
        }),
      )
    request.onerror = () => reject(new TypeError('No answer came.'))
    request.onabort = () => reject(new DOMException('The upload was stopped.', 'AbortError'))
    signal.addEventListener('abort', () => request.abort())
    request.open('PUT', path)
    request.setRequestHeader('Content-Type', file.type)
    request.send(file)
  })
}
