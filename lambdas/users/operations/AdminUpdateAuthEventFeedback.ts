/** An administrator says whether a sign-in was really the user's. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { username } from '../../core/contract/shapes/users.ts';
import { eventId, feedbackValue } from '../shapes.ts';

export const AdminUpdateAuthEventFeedback = operation({
  name: 'AdminUpdateAuthEventFeedback',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, Username: username, EventId: eventId, FeedbackValue: feedbackValue }),
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
