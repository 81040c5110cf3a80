import { expect } from 'chai';
import { readConfig } from '../../server/kernel/config.ts';

describe('configuration', () => {
  it('has an answer to everything in an empty environment', () => {
    expect(readConfig({})).to.include({
      port: 8080,
      publicUrl: 'http://localhost:8080',
      mode: 'demonstration',
      zone: 'Asia/Shanghai',
      ci: false,
    });
    expect(readConfig({})).not.to.have.any.keys('redisUrl', 'host');
  });

  it('keeps a production server on this machine, as long as nobody says where else its proxy stands', () => {
    const production = { MINGJING_MODE: 'production' };

    expect(readConfig(production).host).to.equal('127.0.0.1');
    expect(readConfig({ ...production, PUBLIC_URL: 'https://mingjing.example/' })).to.include({
      publicUrl: 'https://mingjing.example',
    });
    // the proxy that ends TLS stands on this machine unless HOST says otherwise
    const proxied = { ...production, PUBLIC_URL: 'https://mingjing.example/' };
    expect(readConfig(proxied)).to.include({ host: '127.0.0.1', proxies: 1 });
    expect(readConfig({ ...proxied, HOST: '10.0.0.5' }).host).to.equal('10.0.0.5');
  });

  for (const PORT of ['http', '80.5', '-1', '70000']) {
    it(`refuses the port ${PORT} by name`, () => {
      expect(() => readConfig({ PORT })).to.throw(/^PORT=/);
    });
  }
});
