/** A step on the way that went well: a module that was built, functions that are there, a container that can. */
const STEP =
  /\b(?:sr-?iov|vfs?|virtual functions?|module|dkms)\b[^.;]{0,40}\b(?:enabled|built|builds|compiled|compiles|installed|created|visible|building|loaded|compile|build)\b|\b(?:building|compiling|installing) (?:of )?(?:the )?(?:module|dkms|kernel)|\bduring (?:the )?(?:building|build|compilation|installation)\b|\blxc\b|\b(?:in|into) (?:a |an |the )?(?:\w+ )?containers?\b|\bwith(?:out)? (?:the |any )?(?:vfs?|sr-?iov|virtual functions?) (?:turned |switched )?(?:off|disabled)\b|\bwithout (?:the |any )?(?:vfs?|virtual functions?)\b/i;
/** What is used in a guest is the whole. */
const WHOLE = /\b(?:guest|windows|vm|transcod\w*|decod\w*|desktop|gam(?:e|es|ing)|everything|all)\b/i;

/** Whether a text tells only of a step, so that its success gives way to any failure that is told. */
export function isStep(text: string): boolean {
  return STEP.test(text) && !WHOLE.test(text);
}
