/** What the page says to a waiting service worker to let it take over. */
export const takeOver = 'take-over'
