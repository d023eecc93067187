// In the order that Mantine requires. These files repeat the styles of the first page and override them, so the final order is correct.
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
