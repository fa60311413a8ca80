// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Item used in healthcare.</summary>
public partial class Device : DomainResource
{
    public override string TypeName => "Device";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public ResourceReference? Definition { get => Get<ResourceReference>("definition"); set => Set("definition", value); }

    public IList<UdiCarrierComponent> UdiCarrier { get => List<UdiCarrierComponent>("udiCarrier"); set => SetList("udiCarrier", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public FHIRDeviceStatus? Status { get => EnumLiterals.Parse<FHIRDeviceStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public IList<CodeableConcept> StatusReason { get => List<CodeableConcept>("statusReason"); set => SetList("statusReason", value); }

    public FhirString? DistinctIdentifierElement { get => Get<FhirString>("distinctIdentifier"); set => Set("distinctIdentifier", value); }

    public string? DistinctIdentifier { get => GetText("distinctIdentifier"); set => SetText<FhirString>("distinctIdentifier", value); }

    public FhirString? ManufacturerElement { get => Get<FhirString>("manufacturer"); set => Set("manufacturer", value); }

    public string? Manufacturer { get => GetText("manufacturer"); set => SetText<FhirString>("manufacturer", value); }

    public FhirDateTime? ManufactureDateElement { get => Get<FhirDateTime>("manufactureDate"); set => Set("manufactureDate", value); }

    public string? ManufactureDate { get => GetText("manufactureDate"); set => SetText<FhirDateTime>("manufactureDate", value); }

    public FhirDateTime? ExpirationDateElement { get => Get<FhirDateTime>("expirationDate"); set => Set("expirationDate", value); }

    public string? ExpirationDate { get => GetText("expirationDate"); set => SetText<FhirDateTime>("expirationDate", value); }

    public FhirString? LotNumberElement { get => Get<FhirString>("lotNumber"); set => Set("lotNumber", value); }

    public string? LotNumber { get => GetText("lotNumber"); set => SetText<FhirString>("lotNumber", value); }

    public FhirString? SerialNumberElement { get => Get<FhirString>("serialNumber"); set => Set("serialNumber", value); }

    public string? SerialNumber { get => GetText("serialNumber"); set => SetText<FhirString>("serialNumber", value); }

    public IList<DeviceNameComponent> DeviceName { get => List<DeviceNameComponent>("deviceName"); set => SetList("deviceName", value); }

    public FhirString? ModelNumberElement { get => Get<FhirString>("modelNumber"); set => Set("modelNumber", value); }

    public string? ModelNumber { get => GetText("modelNumber"); set => SetText<FhirString>("modelNumber", value); }

    public FhirString? PartNumberElement { get => Get<FhirString>("partNumber"); set => Set("partNumber", value); }

    public string? PartNumber { get => GetText("partNumber"); set => SetText<FhirString>("partNumber", value); }

    public CodeableConcept? Type { get => Get<CodeableConcept>("type"); set => Set("type", value); }

    public IList<SpecializationComponent> Specialization { get => List<SpecializationComponent>("specialization"); set => SetList("specialization", value); }

    public IList<VersionComponent> Version { get => List<VersionComponent>("version"); set => SetList("version", value); }

    public IList<PropertyComponent> Property { get => List<PropertyComponent>("property"); set => SetList("property", value); }

    public ResourceReference? Patient { get => Get<ResourceReference>("patient"); set => Set("patient", value); }

    public ResourceReference? Owner { get => Get<ResourceReference>("owner"); set => Set("owner", value); }

    public IList<ContactPoint> Contact { get => List<ContactPoint>("contact"); set => SetList("contact", value); }

    public ResourceReference? Location { get => Get<ResourceReference>("location"); set => Set("location", value); }

    public FhirUri? UrlElement { get => Get<FhirUri>("url"); set => Set("url", value); }

    public string? Url { get => GetText("url"); set => SetText<FhirUri>("url", value); }

    public IList<Annotation> Note { get => List<Annotation>("note"); set => SetList("note", value); }

    public IList<CodeableConcept> Safety { get => List<CodeableConcept>("safety"); set => SetList("safety", value); }

    public ResourceReference? Parent { get => Get<ResourceReference>("parent"); set => Set("parent", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/device-nametype</summary>
    public enum DeviceNameType
    {
        [EnumLiteral("udi-label-name")] UdiLabelName,
        [EnumLiteral("user-friendly-name")] UserFriendlyName,
        [EnumLiteral("patient-reported-name")] PatientReportedName,
        [EnumLiteral("manufacturer-name")] ManufacturerName,
        [EnumLiteral("model-name")] ModelName,
        [EnumLiteral("other")] Other,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/device-status</summary>
    public enum FHIRDeviceStatus
    {
        [EnumLiteral("active")] Active,
        [EnumLiteral("inactive")] Inactive,
        [EnumLiteral("entered-in-error")] EnteredInError,
        [EnumLiteral("unknown")] Unknown,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/udi-entry-type</summary>
    public enum UDIEntryType
    {
        [EnumLiteral("barcode")] Barcode,
        [EnumLiteral("rfid")] Rfid,
        [EnumLiteral("manual")] Manual,
        [EnumLiteral("card")] Card,
        [EnumLiteral("self-reported")] SelfReported,
        [EnumLiteral("unknown")] Unknown,
    }

    /// <summary>Unique Device Identifier (UDI) Barcode string.</summary>
    public partial class UdiCarrierComponent : BackboneElement
    {
        public override string TypeName => "Device.udiCarrier";

        public FhirString? DeviceIdentifierElement { get => Get<FhirString>("deviceIdentifier"); set => Set("deviceIdentifier", value); }

        public string? DeviceIdentifier { get => GetText("deviceIdentifier"); set => SetText<FhirString>("deviceIdentifier", value); }

        public FhirUri? IssuerElement { get => Get<FhirUri>("issuer"); set => Set("issuer", value); }

        public string? Issuer { get => GetText("issuer"); set => SetText<FhirUri>("issuer", value); }

        public FhirUri? JurisdictionElement { get => Get<FhirUri>("jurisdiction"); set => Set("jurisdiction", value); }

        public string? Jurisdiction { get => GetText("jurisdiction"); set => SetText<FhirUri>("jurisdiction", value); }

        public Base64Binary? CarrierAIDCElement { get => Get<Base64Binary>("carrierAIDC"); set => Set("carrierAIDC", value); }

        public byte[]? CarrierAIDC { get => Get<Base64Binary>("carrierAIDC")?.Value; set => SetText<Base64Binary>("carrierAIDC", new Base64Binary(value).Text); }

        public FhirString? CarrierHRFElement { get => Get<FhirString>("carrierHRF"); set => Set("carrierHRF", value); }

        public string? CarrierHRF { get => GetText("carrierHRF"); set => SetText<FhirString>("carrierHRF", value); }

        public Code? EntryTypeElement { get => Get<Code>("entryType"); set => Set("entryType", value); }

        public UDIEntryType? EntryType { get => EnumLiterals.Parse<UDIEntryType>(GetText("entryType")); set => SetText<Code>("entryType", EnumLiterals.Format(value)); }
    }

    /// <summary>The name of the device as given by the manufacturer.</summary>
    public partial class DeviceNameComponent : BackboneElement
    {
        public override string TypeName => "Device.deviceName";

        public FhirString? NameElement { get => Get<FhirString>("name"); set => Set("name", value); }

        public string? Name { get => GetText("name"); set => SetText<FhirString>("name", value); }

        public Code? TypeElement { get => Get<Code>("type"); set => Set("type", value); }

        public DeviceNameType? Type { get => EnumLiterals.Parse<DeviceNameType>(GetText("type")); set => SetText<Code>("type", EnumLiterals.Format(value)); }
    }

    /// <summary>The capabilities supported on a device, the standards to which the device conforms for a particular purpose, and used for the communication.</summary>
    public partial class SpecializationComponent : BackboneElement
    {
        public override string TypeName => "Device.specialization";

        public CodeableConcept? SystemType { get => Get<CodeableConcept>("systemType"); set => Set("systemType", value); }

        public FhirString? VersionElement { get => Get<FhirString>("version"); set => Set("version", value); }

        public string? Version { get => GetText("version"); set => SetText<FhirString>("version", value); }
    }

    /// <summary>The actual design of the device or software version running on the device.</summary>
    public partial class VersionComponent : BackboneElement
    {
        public override string TypeName => "Device.version";

        public CodeableConcept? Type { get => Get<CodeableConcept>("type"); set => Set("type", value); }

        public Identifier? Component { get => Get<Identifier>("component"); set => Set("component", value); }

        public FhirString? ValueElement { get => Get<FhirString>("value"); set => Set("value", value); }

        public string? Value { get => GetText("value"); set => SetText<FhirString>("value", value); }
    }

    /// <summary>The actual configuration settings of a device as it actually operates, e.g., regulation status, time properties.</summary>
    public partial class PropertyComponent : BackboneElement
    {
        public override string TypeName => "Device.property";

        public CodeableConcept? Type { get => Get<CodeableConcept>("type"); set => Set("type", value); }

        public IList<Quantity> ValueQuantity { get => List<Quantity>("valueQuantity"); set => SetList("valueQuantity", value); }

        public IList<CodeableConcept> ValueCode { get => List<CodeableConcept>("valueCode"); set => SetList("valueCode", value); }
    }
}

