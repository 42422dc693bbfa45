internal import HTTP
internal import Registry

func observationRoutes(_ registry: Registry) -> [Route] {
  [
    listRoute(registry, .observation, "observations", "listObservations"),
    itemRoute(registry, .observation, "observations", "id", "getObservation"),
    listRoute(registry, .finding, "findings", "listFindings"),
    itemRoute(registry, .finding, "findings", "id", "getFinding"),
  ]
}
