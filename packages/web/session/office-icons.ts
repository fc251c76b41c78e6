/** Owns the icons of doors that only administrators have: nobody else loads them. */
export {
  CloudUploadOutlined as effects,
  SafetyOutlined as grants,
  TeamOutlined as directory,
  WarningOutlined as incidents,
} from '@ant-design/icons';
