using CxOrchestrator.Plugins.CrmDataverse.People;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.CrmDataverse.Writing;

/// <summary>A change of a batch, with its place among the results.</summary>
/// <param name="Place">From 0.</param>
/// <param name="Change">The change.</param>
/// <param name="Person">Whom it is about.</param>
internal sealed record PlacedChange(int Place, CrmChange Change, PersonRef Person);
