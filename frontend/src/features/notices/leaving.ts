/* What signing out needs of this feature, in one piece that comes when somebody leaves. */
export { noticesQuery } from './api';
export { forgetHere } from './push';
