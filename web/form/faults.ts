export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

export const isTick = (control: Control): control is HTMLInputElement =>
  control.type === 'checkbox' || control.type === 'radio'

/**
 * What is wrong with an answer, in the words of the server, which has the last one; empty when nothing is. `all` are the
 * controls of the form, of which several may belong to one question.
 */
export function faultOf(control: Control, all: readonly Control[]): string {
  const { name, type, validity, dataset, required } = control
  const value = control.value.trim()
  if (isTick(control)) {
    const group = control.closest('fieldset')
    const isRequired = required || group?.dataset.required === ''
    if (!isRequired || all.some((each) => each.name === name && isTick(each) && each.checked)) return ''
    return name[0] === 'g' ? 'Accept this to go on.' : group ? 'Answer this.' : 'Tick this box.'
  }
  if (validity.badInput)
    return type === 'date' ? 'Enter a day that exists.' : 'Enter a number such as 12 or 3.5.'
  if (!value) return required ? 'Answer this.' : ''
  if (validity.typeMismatch) return 'Enter an e-mail address such as ada@acme.com.'
  if (dataset.type && !/^[^\s@]+\.[^\s@]{2,}$/.test(value))
    return 'Enter a web address such as https://www.acme.com.'
  const limit = (name: string) => Number(control.getAttribute(name)).toLocaleString('en')
  if (validity.rangeUnderflow) return `Enter ${limit('min')} or more.`
  if (validity.rangeOverflow) return `Enter ${limit('max')} at most.`
  const { least = 0, most = Number.POSITIVE_INFINITY } = dataset
  if (value.length > +most) return `Use ${limit('data-most')} characters at most.`
  if (value.length < +least) return `Use ${limit('data-least')} characters at least.`
  return ''
}
