// In the order that Mantine requires. They repeat the styles of the first page and override them, so the order is right afterwards.
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
