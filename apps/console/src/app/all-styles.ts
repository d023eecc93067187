// In the order that Mantine means them to have. They repeat those of the first page, and so take their place.
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
