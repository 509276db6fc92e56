SELECT person.name, person.leaving_since, scope.version, scope.rights
  FROM person
  JOIN scope ON scope.person = person.id AND scope.to_at IS NULL
 ORDER BY person.name, person.id
