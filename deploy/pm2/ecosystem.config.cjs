// All of Wabus on one machine under pm2: pm2 start deploy/pm2/ecosystem.config.cjs
const { join } = require('node:path');

module.exports = {
  apps: [
    {
      name: 'wabus',
      cwd: join(__dirname, '..', '..'),
      script: 'tools/start.mjs',
      // A single process that supervises the others, so no cluster mode.
      exec_mode: 'fork',
      instances: 1,
      // SIGINT goes only to the supervisor, which stops edges, connectors and NATS in this order. By default, pm2 signals all of them at once.
      treekill: false,
      // Edges may take 10 s, connectors 15 s, NATS 10 s; by default, pm2 kills them after 1.6 s.
      kill_timeout: 45_000,
      restart_delay: 5_000,
      // The processes write logs below .wabus/logs. The pm2 log contains the output of npm start, including the QR code of the first session.
      merge_logs: true
    }
  ]
};
