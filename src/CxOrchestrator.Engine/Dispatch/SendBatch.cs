using CxOrchestrator.Core;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>Deliveries to decide on together, which this node has claimed.</summary>
/// <param name="Begun">The machine's timestamp from before they were taken.</param>
/// <param name="Lease">In whose name.</param>
/// <param name="Rows">They.</param>
internal sealed record SendBatch(long Begun, Lease Lease, IReadOnlyList<Delivery> Rows);
