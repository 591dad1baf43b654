import { getRouteApi } from "@tanstack/react-router";
import { Prescription } from "./Prescription.tsx";

const route = getRouteApi("/signed-in/prescriptions/$id");

/** A prescription on a page of its own, which is a link. */
export function PrescriptionPage() {
  const { id } = route.useParams();
  const { section, look } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Prescription
      id={id}
      shown={{ section, look }}
      show={(next) => void navigate({ search: next, replace: true })}
    />
  );
}
