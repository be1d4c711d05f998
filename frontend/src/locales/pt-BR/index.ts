import auth from './auth.json';
import common from './common.json';
import factor from './factor.json';
import inbox from './inbox.json';
import refused from './refused.json';
import settings from './settings.json';

export default {
  auth,
  common,
  factor,
  inbox,
  refused,
  settings,
};
