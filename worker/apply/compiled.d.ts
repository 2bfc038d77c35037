/** What a browser gets of a script or a style sheet (`local/inline.ts`). */
declare module '*?compiled' {
  export const text: string
}
