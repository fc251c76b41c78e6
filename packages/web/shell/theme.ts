/** Owns the look of antd's controls. The same colours stand as custom properties in shell/page.css; all meet AA contrast. */
import type { ThemeConfig } from 'antd';

export const FONTS =
  "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', system-ui, -apple-system, sans-serif";

export const THEME: ThemeConfig = {
  token: {
    colorPrimary: '#0958d9',
    colorLink: '#0958d9',
    colorError: '#b42318',
    colorWarning: '#ad4e00',
    colorSuccess: '#237804',
    colorTextPlaceholder: '#6b7280',
    colorTextDescription: '#595959',
    borderRadius: 6,
    fontFamily: FONTS,
    fontSize: 14,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
  },
  components: { Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' } },
};
