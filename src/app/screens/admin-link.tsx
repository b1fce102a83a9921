// A link for one person: to copy and pass on.
import { useWords } from '#web/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useToast } from '#web/ui/toast.tsx'
import css from './admin.module.css'
import { adminWords } from './admin.words.ts'

export function PersonalLink({ link }: { readonly link: string }) {
  const t = useWords(adminWords)
  const toast = useToast()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link)
      toast({ text: t('copied') })
    } catch {
      // Denied, or the page is not served securely; the text can be selected by hand.
      toast({ text: t('copy_failed'), tone: 'late' })
    }
  }
  return (
    <>
      <p className={css.link}>{link}</p>
      <p className={css.hint}>{t('link_hint')}</p>
      <Button icon="copy" look="primary" onClick={() => void copy()}>
        {t('copy')}
      </Button>
    </>
  )
}
