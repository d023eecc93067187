// All of Wabus on one machine under pm2: pm2 start deploy/pm2/ecosystem.config.cjs
const { join } = require('node:path');

module.exports = {
  apps: [
    {
      name: 'wabus',
      cwd: join(__dirname, '..', '..'),
      script: 'tools/start.mjs',
      // One process, which supervises the others: no cluster mode.
      exec_mode: 'fork',
      instances: 1,
      // SIGINT goes to the supervisor alone, which stops edges, connectors and NATS in this order. By default pm2 signals all of them at once.
      treekill: false,
      // Edges may take 10 s, connectors 15 s, NATS 10 s; by default pm2 kills after 1.6 s.
      kill_timeout: 45_000,
      restart_delay: 5_000,
      // Processes log below .wabus/logs; pm2 has what npm start prints, the QR code of the first session included.
      merge_logs: true
    }
  ]
};
