namespace Vkp.Fhir.Model;

/// <summary>A FHIR R4 resource (http://hl7.org/fhir/R4/resource.html).</summary>
public abstract class Resource;
