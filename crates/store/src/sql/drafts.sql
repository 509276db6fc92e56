SELECT base_envelope, base_body, base_sealed, record, at, key, kind, body, form FROM draft
