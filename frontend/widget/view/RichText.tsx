import { linksIn } from '../links';

/** Text as it was written, with its addresses to follow. Never markup: people paste anything. */
export function RichText({ text }: { text: string }) {
  return (
    <p class="text">
      {linksIn(text).map((part, index) =>
        part.href === null ? (
          part.text
        ) : (
          <a key={index} href={part.href} target="_blank" rel="noopener noreferrer">
            {part.text}
          </a>
        ),
      )}
    </p>
  );
}
