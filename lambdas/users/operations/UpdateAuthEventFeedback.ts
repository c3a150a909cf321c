/** A person who followed the link in a notification says whether a sign-in was really theirs. */
import { anyone } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import { username } from '../../core/contract/shapes/users.ts';
import { eventId, feedbackValue } from '../shapes.ts';

export const UpdateAuthEventFeedback = operation({
  name: 'UpdateAuthEventFeedback',
  caller: anyone(),
  input: s.structure({
    UserPoolId: poolId,
    Username: username,
    EventId: eventId,
    FeedbackToken: tokenString,
    FeedbackValue: feedbackValue,
  }),
  output: s.structure({}),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotFoundException',
    'UserPoolAddOnNotEnabledException',
  ],
});
