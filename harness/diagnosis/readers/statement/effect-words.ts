/** Pieces of patterns that several kinds of effects are made of. */
/** Between a tool and what it shows: nothing that denies it. */
export const GAP = String.raw`(?:(?!\b(?:no|not|never|without|zero|nothing|neither|only|cannot|fail\w*|error\w*|llvmpipe|swrast|softpipe|invalid|unknown|missing|host)\b|\bn't\b|\b0 ?%)[^;.?!]){0,48}?`;
