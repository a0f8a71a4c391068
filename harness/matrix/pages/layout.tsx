import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

// No script, no frame, no form, no request to anybody else: only our own style sheet and inline SVG.
const POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'";

const NAVIGATION = [
  ['index.html', 'Matrix'],
  ['simulated.html', 'Simulated'],
  ['about.html', 'How to read this'],
] as const;

export interface PageFacts {
  readonly title: string;
  readonly description: string;
  /** The page's own path below the site's root, such as `runs/x.html`. */
  readonly path: string;
  readonly built: string;
  readonly tool: string;
}

/** A whole HTML document around the content; links are relative, so that it works from a folder too. */
export function pageText(facts: PageFacts, content: ComponentChildren): string {
  return `<!doctype html>\n${renderToString(<Document {...facts}>{content}</Document>)}\n`;
}

function Document({ children, ...facts }: PageFacts & { readonly children: ComponentChildren }): VNode {
  const root = facts.path.includes('/') ? '../' : '';
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={POLICY} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="description" content={facts.description} />
        <title>{facts.title}</title>
        <link rel="stylesheet" href={`${root}style.css`} />
      </head>
      <body>
        <a class="skip-link" href="#content">
          Skip to the content
        </a>
        <header class="site-header">
          <a class="site-name" href={`${root}index.html`}>
            code43
          </a>
          <nav aria-label="Site">
            <ul>
              {NAVIGATION.map(([href, label]) => (
                <li key={href}>
                  <a href={root + href} aria-current={href === facts.path ? 'page' : undefined}>
                    {label}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        </header>
        <main id="content">{children}</main>
        <footer class="site-footer">
          <p>
            Built <time dateTime={facts.built}>{facts.built.slice(0, 16).replace('T', ' ')} UTC</time> by
            code43 {facts.tool}. Every verdict here is computed from a recorded trace and can be computed
            again.
          </p>
        </footer>
      </body>
    </html>
  );
}
