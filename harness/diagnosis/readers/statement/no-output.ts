const OUTPUT = String.raw`(?:display|monitor|screen|output|connector)s?`;
const VF = String.raw`(?:vfs?\d?|virtual function|vgpu|virtual gpu)`;

/** What a virtual function lacks by its nature, and not because it fails. In a sentence in lower case. */
export const NO_OUTPUT_OF_VF = new RegExp(
  String.raw`\b(?:no|without(?: an?y?)?|zero|0) (?:physical |real )?${OUTPUT}(?:\/\w+)? (?:(?:is|are|was|were) )?(?:attached|connected|detected|found|listed|available|shown|offered|present)?[^.;]{0,12}\b(?:to|on|for|at|in|of) (?:the |this |a |that )?${VF}\b|\b${VF} (?:has|shows|gets|offers|exposes|provides|comes with|reports) (?:no|zero|0) (?:physical |real )?${OUTPUT}\b|\bstuck with (?:an? |the )?(?:rdp|remote (?:display|desktop|protocol)\w*)`,
  'g',
);
