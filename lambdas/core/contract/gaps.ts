/** What differs from the real service on every operation, in sentences for users. */
export const gapsOfAll: readonly string[] = [
  'Passwords may have blanks between other characters, although the published pattern has none: policies count them as symbols.',
  'A request that breaks more than 100 constraints is told of the first 100, in the order of its members.',
  'Text with half of a surrogate pair is refused as unreadable, because it has no form in UTF-8.',
  'Text without a published bound is taken up to 131 072 characters where it has to match a pattern.',
  'A constraint message lists an enumeration in the order of the documentation; the real service has no fixed order.',
  'Where signatures are checked, it is against keys of the service itself: session tokens, presigned requests and SigV4A are refused.',
  'Policies know the condition keys of a request, its tags and its principal that docs/running.md lists; others are refused where the policy is read.',
];
