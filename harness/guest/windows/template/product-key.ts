import { TemplateRefused } from './template-refused.ts';

/**
 * A product key as the answer file has it. None is known to this tool, and none is kept but in the answer file.
 *
 * @throws TemplateRefused it has not the form of one; the message does not repeat it
 */
export function productKey(text: string): string {
  const key = text.trim().toUpperCase();
  if (!/^[A-Z0-9]{5}(-[A-Z0-9]{5}){4}$/.test(key))
    throw new TemplateRefused('a product key is five groups of five letters or digits, joined by hyphens');
  return key;
}
