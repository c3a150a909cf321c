/** The names under which pools call the functions of `with-functions.ts`. */
const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

export const functionArns = {
  DefineAuthChallenge: arnOf('DefineAuthChallenge'),
  CreateAuthChallenge: arnOf('CreateAuthChallenge'),
  VerifyAuthChallengeResponse: arnOf('VerifyAuthChallengeResponse'),
} as const;
