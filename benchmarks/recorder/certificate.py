"""A certificate for loopback that nobody else has signed, and a file for those who are to trust it."""

from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import certifi
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mntreamer.clock import utc_now

HOST = "127.0.0.1"
_NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a benchmark's origin")])
_VALID_FOR = timedelta(days=1)


def write_certificate(folder: Path) -> tuple[Path, Path]:
    """The files of a new certificate for `HOST`, valid for a day, and of its private key, in PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate, private = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(_signed(key).public_bytes(serialization.Encoding.PEM))
    private.touch(mode=0o600)
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate, private


def write_trusted(folder: Path, certificate: Path) -> Path:
    """The file of all authorities that are trusted anyway, and this one: reading them is part of the cost."""
    trusted = folder / "trusted.pem"
    trusted.write_bytes(Path(certifi.where()).read_bytes() + certificate.read_bytes())
    return trusted


def _signed(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    now = utc_now()
    builder = x509.CertificateBuilder(_NAME, _NAME, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - _VALID_FOR).not_valid_after(now + _VALID_FOR)
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return builder.sign(key, hashes.SHA256())
