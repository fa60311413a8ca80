using Vkp.Fhir.Model;

namespace Vkp.Hub.Faces;

/// <summary>Beside a route: the parameters its search takes. The CapabilityStatement says these and no others.</summary>
internal sealed record SearchParameters(params IReadOnlyList<(string Name, SearchParamType Type)> Known);
