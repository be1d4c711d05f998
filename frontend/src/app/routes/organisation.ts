/* Companies, departments, and what the account says by itself. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { bringWords } from '@/lib/i18n';
import { settings } from './roots';

const companies = createRoute({
  getParentRoute: () => settings,
  path: '/empresas',
  beforeLoad: () => bringWords('organisation'),
  component: lazyRouteComponent(
    () => import('@/features/organisation/CompaniesPage'),
    'CompaniesPage',
  ),
});

const noCompany = createRoute({
  getParentRoute: () => companies,
  path: '/',
  component: lazyRouteComponent(
    () => import('@/features/organisation/CompaniesPage'),
    'NoCompanyOpen',
  ),
});

const newCompany = createRoute({
  getParentRoute: () => companies,
  path: '/nova',
  component: lazyRouteComponent(() => import('@/features/organisation/CompanyPage'), 'NewCompany'),
});

const company = createRoute({
  getParentRoute: () => companies,
  path: '/$companyId',
  component: lazyRouteComponent(() => import('@/features/organisation/CompanyPage'), 'CompanyPage'),
});

const newBranch = createRoute({
  getParentRoute: () => companies,
  path: '/$companyId/filiais/nova',
  component: lazyRouteComponent(() => import('@/features/organisation/BranchPage'), 'NewBranch'),
});

const branch = createRoute({
  getParentRoute: () => companies,
  path: '/$companyId/filiais/$branchId',
  component: lazyRouteComponent(() => import('@/features/organisation/BranchPage'), 'BranchPage'),
});

const departments = createRoute({
  getParentRoute: () => settings,
  path: '/setores',
  beforeLoad: () => bringWords('organisation'),
  component: lazyRouteComponent(
    () => import('@/features/organisation/DepartmentsPage'),
    'DepartmentsPage',
  ),
});

const noDepartment = createRoute({
  getParentRoute: () => departments,
  path: '/',
  component: lazyRouteComponent(
    () => import('@/features/organisation/DepartmentsPage'),
    'NoDepartmentOpen',
  ),
});

const newDepartment = createRoute({
  getParentRoute: () => departments,
  path: '/novo',
  component: lazyRouteComponent(
    () => import('@/features/organisation/DepartmentPage'),
    'NewDepartment',
  ),
});

const department = createRoute({
  getParentRoute: () => departments,
  path: '/$departmentId',
  component: lazyRouteComponent(
    () => import('@/features/organisation/DepartmentPage'),
    'DepartmentPage',
  ),
});

const messages = createRoute({
  getParentRoute: () => settings,
  path: '/mensagens',
  beforeLoad: () => bringWords('organisation'),
  component: lazyRouteComponent(
    () => import('@/features/organisation/MessagesPage'),
    'MessagesPage',
  ),
});

const closing = createRoute({
  getParentRoute: () => settings,
  path: '/encerramento',
  beforeLoad: () => bringWords('organisation'),
  component: lazyRouteComponent(() => import('@/features/organisation/ClosingPage'), 'ClosingPage'),
});

const noReason = createRoute({
  getParentRoute: () => closing,
  path: '/',
  component: lazyRouteComponent(
    () => import('@/features/organisation/ClosingPage'),
    'NoReasonOpen',
  ),
});

const closingRules = createRoute({
  getParentRoute: () => closing,
  path: '/regras',
  component: lazyRouteComponent(
    () => import('@/features/organisation/ClosingRules'),
    'ClosingRules',
  ),
});

const newReason = createRoute({
  getParentRoute: () => closing,
  path: '/novo',
  component: lazyRouteComponent(() => import('@/features/organisation/ReasonPage'), 'NewReason'),
});

const reason = createRoute({
  getParentRoute: () => closing,
  path: '/$reasonId',
  component: lazyRouteComponent(() => import('@/features/organisation/ReasonPage'), 'ReasonPage'),
});

export const organisationSettings = [
  companies.addChildren([noCompany, newCompany, company, newBranch, branch]),
  departments.addChildren([noDepartment, newDepartment, department]),
  messages,
  closing.addChildren([noReason, closingRules, newReason, reason]),
] as const;
