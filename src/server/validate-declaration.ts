import type { ApiDeclaration } from './declaration.ts'
export function validateDeclaration(_: ApiDeclaration): void {}
export function noticesOf(_: ApiDeclaration): readonly string[] { return [] }
