/** What a person does to their own account, from registration on. */
import type { Operations } from '../core/contract/operation.ts';
import { ChangePassword } from './operations/ChangePassword.ts';
import { CompleteWebAuthnRegistration } from './operations/CompleteWebAuthnRegistration.ts';
import { ConfirmDevice } from './operations/ConfirmDevice.ts';
import { ConfirmForgotPassword } from './operations/ConfirmForgotPassword.ts';
import { ConfirmSignUp } from './operations/ConfirmSignUp.ts';
import { DeleteUser } from './operations/DeleteUser.ts';
import { DeleteUserAttributes } from './operations/DeleteUserAttributes.ts';
import { DeleteWebAuthnCredential } from './operations/DeleteWebAuthnCredential.ts';
import { ForgetDevice } from './operations/ForgetDevice.ts';
import { ForgotPassword } from './operations/ForgotPassword.ts';
import { GetDevice } from './operations/GetDevice.ts';
import { GetUser } from './operations/GetUser.ts';
import { GetUserAttributeVerificationCode } from './operations/GetUserAttributeVerificationCode.ts';
import { GetUserAuthFactors } from './operations/GetUserAuthFactors.ts';
import { GlobalSignOut } from './operations/GlobalSignOut.ts';
import { ListDevices } from './operations/ListDevices.ts';
import { ListUserSessions } from './operations/ListUserSessions.ts';
import { ListWebAuthnCredentials } from './operations/ListWebAuthnCredentials.ts';
import { ResendConfirmationCode } from './operations/ResendConfirmationCode.ts';
import { RevokeUserSession } from './operations/RevokeUserSession.ts';
import { SetUserMFAPreference } from './operations/SetUserMFAPreference.ts';
import { SetUserSettings } from './operations/SetUserSettings.ts';
import { SignUp } from './operations/SignUp.ts';
import { StartWebAuthnRegistration } from './operations/StartWebAuthnRegistration.ts';
import { UpdateDeviceStatus } from './operations/UpdateDeviceStatus.ts';
import { UpdateUserAttributes } from './operations/UpdateUserAttributes.ts';
import { VerifyUserAttribute } from './operations/VerifyUserAttribute.ts';

export const account = {
  ChangePassword,
  CompleteWebAuthnRegistration,
  ConfirmDevice,
  ConfirmForgotPassword,
  ConfirmSignUp,
  DeleteUser,
  DeleteUserAttributes,
  DeleteWebAuthnCredential,
  ForgetDevice,
  ForgotPassword,
  GetDevice,
  GetUser,
  GetUserAttributeVerificationCode,
  GetUserAuthFactors,
  GlobalSignOut,
  ListDevices,
  ListUserSessions,
  ListWebAuthnCredentials,
  ResendConfirmationCode,
  RevokeUserSession,
  SetUserMFAPreference,
  SetUserSettings,
  SignUp,
  StartWebAuthnRegistration,
  UpdateDeviceStatus,
  UpdateUserAttributes,
  VerifyUserAttribute,
} satisfies Operations;
