/** Where the aids are. What goes there is not kept: it would push out what it is about. */
export const AIDS = '/.tenfour/'

export const isAid = (path: string): boolean => path.startsWith(AIDS)
