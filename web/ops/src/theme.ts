import { Badge, Button, createTheme, Menu, Popover } from "@mantine/core";

/** Colours stand in styles/colours.css: the content policy lets none be written at run time. */
export const theme = createTheme({
  primaryColor: "teal",
  primaryShade: 8,
  defaultRadius: "sm",
  cursorType: "pointer",
  respectReducedMotion: true,
  // Locking the page's scroll would write a style sheet at run time.
  components: {
    // What is optional is marked so; nothing wears an asterisk.
    InputWrapper: { defaultProps: { withAsterisk: false } },
    Badge: Badge.extend({ defaultProps: { radius: "sm", tt: "none", variant: "light" } }),
    Button: Button.extend({ defaultProps: { fw: 500 } }),
    Menu: Menu.extend({ defaultProps: { transitionProps: { duration: 0 } } }),
    Popover: Popover.extend({ defaultProps: { transitionProps: { duration: 0 } } }),
    Modal: { defaultProps: { lockScroll: false } },
    Drawer: { defaultProps: { lockScroll: false } },
  },
});
