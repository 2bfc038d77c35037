import {
  AlignLeft,
  AtSign,
  CalendarDays,
  CircleDot,
  Globe,
  Hash,
  Link,
  ListChecks,
  Phone,
  SquareCheck,
  Type,
} from 'lucide-preact'
import type { QuestionType } from '#worker/applications/terms.ts'

/** What each type of question is recognised by. */
export const TYPE_ICONS: Record<QuestionType, typeof Type> = {
  text: Type,
  longText: AlignLeft,
  email: AtSign,
  url: Link,
  phone: Phone,
  number: Hash,
  date: CalendarDays,
  country: Globe,
  select: CircleDot,
  multiSelect: ListChecks,
  checkbox: SquareCheck,
}
